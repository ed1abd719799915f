import type { ReportWords } from "./report-words.ts";

/**
 * The What-if page as it stands, as one file that opens without this program: pictures, tables and assumptions, no
 * controls, light, made to be printed.
 */
export function reportHtml(page: HTMLElement, language: string, words: ReportWords): string {
  const copy = page.cloneNode(true) as HTMLElement;
  // A canvas is copied without its picture.
  const pictures = page.querySelectorAll("canvas");
  for (const [at, canvas] of [...copy.querySelectorAll("canvas")].entries()) {
    const image = document.createElement("img");
    image.src = pictures[at].toDataURL("image/png");
    image.alt = "";
    image.className = canvas.className;
    image.setAttribute("style", canvas.getAttribute("style") ?? "");
    canvas.replaceWith(image);
  }
  const controls = [
    ".page-title",
    ".page-controls",
    ".whatif-editor",
    ".whatif-column-actions",
    ".chart-table-button",
    ".chart-overlay",
    ".run-stage",
    ".whatif-fields",
    ".whatif-weekdays",
    ".tab-list",
    ".data-grid",
    ".field-hint",
    "script",
  ];
  for (const element of copy.querySelectorAll(controls.join(","))) element.remove();
  for (const button of copy.querySelectorAll("button")) {
    const text = document.createElement("span");
    text.className = button.className;
    text.append(...button.childNodes);
    button.replaceWith(text);
  }
  const styles = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].map((rule) => rule.cssText),
  );
  const escaped = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const assumptions = words.assumptions.map((line) => `<li>${escaped(line)}</li>`).join("");
  return `<!doctype html>
<html lang="${escaped(language)}" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(words.title)}</title>
<style>${styles.join("\n")}
html, body { height: auto; overflow: visible; }
body.report .page { padding: 0; }
body.report { max-width: 1120px; margin: 0 auto; padding: 24px; background: var(--paper); color: var(--ink); font: var(--font-base); }
.report .page-body.has-controls { display: block; }
.report .whatif-scroll { overflow: visible; border: 0; }
@page { margin: 12mm; }
.report .finding-open { text-decoration: none; }
@media print { body.report { padding: 0; zoom: 0.62; } .report figure, .report tr { break-inside: avoid; } }
</style>
</head>
<body class="report">
<h1>${escaped(words.title)}</h1>
${copy.outerHTML}
<h2>${escaped(words.heading)}</h2>
<ul>${assumptions}</ul>
</body>
</html>
`;
}

/** Opens the browser's print dialog for a page of its own, without leaving this one. */
export function printHtml(html: string): void {
  const frame = document.createElement("iframe");
  frame.className = "sr-only";
  frame.setAttribute("aria-hidden", "true");
  document.body.append(frame);
  const page = frame.contentWindow;
  if (page === null) return;
  page.document.open();
  page.document.write(html);
  page.document.close();
  page.addEventListener("afterprint", () => frame.remove());
  setTimeout(() => {
    page.focus();
    page.print();
  });
}

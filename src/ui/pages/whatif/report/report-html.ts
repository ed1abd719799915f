import { escaped } from "./level-chart.ts";
import type { Block, Cell, Report } from "./report-content.ts";

/** What a report may load and run: nothing. Its one style is known by its hash, and pictures are data. */
async function policyFor(css: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(css)));
  const known = `'sha256-${btoa(String.fromCharCode(...hash))}'`;
  return `default-src 'none'; style-src-elem ${known}; style-src-attr 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
}

/** A report as one file that opens without this program, light, made for A4 and Letter. */
export async function reportHtml(report: Report, language: string): Promise<string> {
  // Nothing that is not a style may stand in one.
  const css = `${report.analysesCss}\n${style}`.replaceAll("</", "<\\/");
  const policy = await policyFor(css);
  return `<!doctype html>
<html lang="${escaped(language)}" data-theme="light">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escaped(report.title)}</title>
<style>${css}</style>
</head>
<body class="report">
<header>
<p class="kind">${escaped(report.kind)}</p>
<h1>${escaped(report.title)}</h1>
<dl class="facts">${report.facts.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join("")}</dl>
</header>
${report.blocks.map(blockHtml).join("\n")}
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h2>${escaped(block.text)}</h2>`;
    case "subheading":
      return `<h3>${escaped(block.text)}</h3>`;
    case "text":
      return `<p${block.tone === undefined ? "" : ` class="${block.tone}"`}>${escaped(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
    case "terms":
      return `<dl class="terms">${block.items.map(([name, text]) => `<dt>${escaped(name)}</dt><dd>${escaped(text)}</dd>`).join("")}</dl>`;
    case "box":
      return `<section class="box">${block.groups.map(({ title, lines }) => `<h3>${escaped(title)}</h3>${lines.map((line) => `<p>${escaped(line)}</p>`).join("")}`).join("")}</section>`;
    case "figure":
      return `<figure><figcaption>${escaped(block.caption)}</figcaption>${block.svg}</figure>`;
    case "table":
      return tableHtml(block);
    case "analysis":
      return `<section class="analysis">${block.html}</section>`;
  }
}

function tableHtml({ caption, head, rows }: Extract<Block, { kind: "table" }>): string {
  const cell = (one: Cell) =>
    `<td>${one.lines.map((line, at) => `<span class="${at === 0 ? "value" : "note"}">${escaped(line)}</span>`).join("")}</td>`;
  return `<table class="compared">
<caption>${escaped(caption)}</caption>
<thead><tr>${head.map((one, at) => `<th scope="col"${at === 0 ? "" : ' class="number"'}><b>${escaped(one.name)}</b>${one.notes.map((note) => `<small>${escaped(note)}</small>`).join("")}</th>`).join("")}</tr></thead>
<tbody>${rows.map(({ name, isPart, cells }) => `<tr${isPart ? ' class="part"' : ""}><th scope="row">${escaped(name)}</th>${cells.map(cell).join("")}</tr>`).join("\n")}</tbody>
</table>`;
}

/**
 * Measured for A4 and Letter upright. Nothing is wider than the sheet: tables break their words and charts scale. A row, a
 * chart and a heading with what follows stay on one page.
 */
const style = `
@page { margin: 14mm 14mm 16mm; }
.report { all: revert; box-sizing: border-box; max-width: 182mm; margin: 0 auto; padding: 12mm 4mm; background: #fff; color: #1d1b18; font: 9.5pt/1.38 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; font-variant: tabular-nums no-common-ligatures; }
.report * { box-sizing: border-box; }
.report header { border-bottom: 1.5pt solid #0b6b67; margin-bottom: 5mm; padding-bottom: 3mm; }
.report .kind { margin: 0; color: #0b6b67; font-size: 9pt; font-weight: 600; }
.report h1 { margin: 0 0 2mm; font-size: 17pt; font-weight: 600; line-height: 1.2; }
.report h2 { margin: 4mm 0 1.5mm; font-size: 12pt; font-weight: 600; line-height: 1.25; break-after: avoid; }
.report h3 { margin: 4mm 0 1mm; font-size: 10pt; font-weight: 600; break-after: avoid; }
.report p { margin: 0 0 2mm; max-width: none; }
.report p.lead { font-size: 11.5pt; line-height: 1.4; }
.report p.short { color: #a8330a; }
.report p.hint, .report figcaption, .report caption { color: #5d5850; font-size: 8.5pt; }
.report ul { margin: 0 0 2mm; padding-left: 5mm; }
.report li { margin: 0 0 0.7mm; }
.report .facts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1mm 5mm; margin: 0; }
.report .facts div { display: block; }
.report .facts dt { color: #5d5850; font-size: 8pt; }
.report .facts dd { margin: 0; overflow-wrap: anywhere; }
.report .terms { columns: 2; column-gap: 6mm; margin: 0 0 2mm; font-size: 7.5pt; line-height: 1.22; }
.report .terms dt { font-weight: 600; break-after: avoid; }
.report .terms dd { margin: 0 0 0.8mm; color: #3d3932; break-inside: avoid; }
.report .box { margin: 0 0 3mm; padding: 3mm 4mm; border-left: 2.5pt solid #0b6b67; background: #eff5f4; break-inside: avoid; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.report .box h3 { margin: 2.5mm 0 0.5mm; font-size: 10.5pt; }
.report .box h3:first-child { margin-top: 0; }
.report .box p { margin: 0 0 0.5mm; }
.report figure { margin: 2mm 0 3mm; break-inside: avoid; }
.report > figure svg { display: block; max-width: 100%; height: auto; }
.report figure text { font: 8pt system-ui, sans-serif; fill: #1d1b18; }
.report table { width: 100%; margin: 1mm 0 4mm; border-collapse: collapse; font-size: 8pt; line-height: 1.2; }
.report table.compared { table-layout: fixed; }
.report caption { padding-bottom: 1mm; text-align: left; caption-side: top; }
.report thead { display: table-header-group; }
.report tr { break-inside: avoid; }
.report th, .report td { position: static; width: auto; min-width: 0; max-width: none; padding: 0.4mm 1.2mm; border: 0; border-bottom: 0.5pt solid #d9d4ca; background: none; vertical-align: top; text-align: left; overflow-wrap: anywhere; white-space: normal; }
.report thead th { border-bottom: 1pt solid #8d867a; }
.report td, .report th.number { text-align: right; }
.report th { font-weight: 400; }
.report th small { display: block; color: #5d5850; font-size: 7.5pt; font-weight: 400; }
.report table > thead > tr > th:first-child { width: 36mm; }
.report tr.part > th { padding-left: 4mm; color: #5d5850; }
.report .value { display: block; font-weight: 600; }
.report tr.part .value { font-weight: 400; }
.report .note { display: block; color: #5d5850; font-size: 7.5pt; }
.report .analysis { margin: 0 0 4mm; }
.report .analysis table { break-inside: avoid; }
.report .analysis th, .report .analysis td { position: static !important; min-width: 0 !important; max-width: none !important; width: auto !important; border-right: 0 !important; background: none !important; white-space: normal !important; }
.report .analysis thead th { border-bottom: 1pt solid #8d867a; color: #5d5850; }
.report .analysis thead th:not(:first-child):not(.is-text) { text-align: right; }
.report .analysis .is-text { text-align: left; }
@media print { body.report { max-width: none; padding: 0; } }
`;

/** Opens the browser's print dialog for a page of its own, without leaving this one. */
export function printHtml(html: string): void {
  const frame = document.createElement("iframe");
  frame.className = "sr-only";
  frame.setAttribute("aria-hidden", "true");
  document.body.append(frame);
  const page = frame.contentWindow;
  if (page === null) return;
  // The page's policy holds in the frame too, where it allows no style element: its style comes by another way.
  // It is taken out before the text is parsed: even a document that is never shown complains of it.
  const [element = "", css = ""] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
  const report = new DOMParser().parseFromString(html.replace(element, ""), "text/html");
  const sheet = new (page as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(css);
  for (const element of report.querySelectorAll("meta[http-equiv]")) element.remove();
  page.document.replaceChild(page.document.adoptNode(report.documentElement), page.document.documentElement);
  page.document.adoptedStyleSheets = [sheet];
  page.addEventListener("afterprint", () => frame.remove());
  setTimeout(() => {
    page.focus();
    page.print();
  });
}

/** An analysis as it was shown last: sentences, tables and charts, without what can be pressed. */
export interface ShownAnalysis {
  /** Names the analysis and what it was asked about; asked again, it takes the former one's place. */
  readonly key: string;
  readonly title: string;
  readonly html: string;
  /** It names something that keeps the goals. */
  readonly reachesGoals: boolean;
}

/** What of an analysis is an answer, in the order in which it stands. */
const answers = [".whatif-answer", ".whatif-unknown", "dl.whatif-sums", "table", "figure", ".chart"].join(
  ",",
);

/** What no paper can use. */
const controls = [
  "button",
  "input",
  "select",
  "textarea",
  "script",
  "details",
  ".chart-overlay",
  ".chart-table-button",
  ".visually-hidden",
  "[role=grid]",
].join(",");

/** The answers in a panel; null: it has none yet, or what was asked needs no answer, such as ways to a goal that is kept. */
export function answersIn(panel: HTMLElement): HTMLElement | null {
  if (panel.querySelector("[data-answer=nothing]") !== null) return null;
  const parts = [...panel.querySelectorAll<HTMLElement>(answers)].filter(
    (part) => part.parentElement?.closest(answers) == null && part.closest("details,[role=grid]") === null,
  );
  if (parts.length === 0) return null;
  const copy = document.createElement("div");
  for (const part of parts) {
    const isChart = part.matches("figure,.chart");
    // A chart in a panel that is not shown has no width yet.
    if (isChart && part.offsetWidth === 0) continue;
    copy.append(isChart ? scaled(part) : paperCopy(part));
  }
  return copy;
}

/** Width of a chart on an upright sheet, in pixels of the screen. */
const sheetWidth = 640;

/** A chart is laid out for its width on the screen: on paper it is the same, smaller. */
function scaled(part: HTMLElement): Node {
  const holder = document.createElement("div");
  const width = part.offsetWidth;
  holder.style.width = `${width}px`;
  holder.style.setProperty("zoom", String(Math.min(1, sheetWidth / Math.max(1, width))));
  holder.append(paperCopy(part));
  return holder;
}

function paperCopy(part: HTMLElement): Node {
  const copy = part.cloneNode(true) as HTMLElement;
  // A canvas is copied without its picture.
  const pictures = part.querySelectorAll("canvas");
  for (const [at, canvas] of [...copy.querySelectorAll("canvas")].entries()) {
    const image = document.createElement("img");
    image.src = pictures[at].toDataURL("image/png");
    image.alt = "";
    image.className = canvas.className;
    image.setAttribute("style", canvas.getAttribute("style") ?? "");
    canvas.replaceWith(image);
  }
  for (const element of copy.querySelectorAll(controls)) element.remove();
  for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
  return copy;
}

/** The rules that draw these analyses, and the colours of the light theme; no other rule of the program. */
export function cssOf(analyses: readonly ShownAnalysis[]): string {
  if (analyses.length === 0) return "";
  const holder = document.createElement("div");
  holder.className = "report";
  holder.innerHTML = analyses.map(({ html }) => html).join("");
  const isUsed = (selector: string) => {
    try {
      return holder.querySelector(selector.replaceAll(/::?(before|after|hover|focus[\w-]*)/g, "")) !== null;
    } catch {
      return false;
    }
  };
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter(
      (rule) =>
        rule instanceof CSSStyleRule &&
        (/^:root(?!.*dark)|data-theme="?light/.test(rule.selectorText) || isUsed(rule.selectorText)),
    )
    .map(({ cssText }) => cssText)
    .join("\n");
}

import { expect, test } from "vitest";
import { isOwnScript, onlyShows } from "../../src/ui/frame/trusted-types.ts";

test.each([
  "<script>1</script>",
  "< script src=x>",
  '<img src=x onerror="1">',
  "<svg/onload=1>",
  '<a href="java' + 'script:1">',
  "<iframe srcdoc=1></iframe>",
  "<base href=x>",
  '<p title="a" onclick="1">',
  "<p title='\"' onclick=1>",
  '="<img src=x onerror=1>"',
  '<a href="https://example.org/">away</a>',
  "<p",
])("%s is refused as markup", (markup) => {
  expect(onlyShows(markup)).toBe(false);
});

test.each([
  '<span class="roster-bar" style="left:1px"><em>Ada &lt;script&gt; on=1</em></span>',
  "<b>on call = yes</b>",
  '<div title="&lt;img src=x onerror=1&gt; java' + 'script:1">java' + "script: onerror=1</div>",
  "",
])("%s only shows", (markup) => {
  expect(onlyShows(markup)).toBe(true);
});

test("scripts are those of this site alone", () => {
  const here = "https://plan.example.org/app/index.html";
  expect(isOwnScript("assets/worker.js", here)).toBe(true);
  expect(isOwnScript("https://plan.example.org/app/a.js", here)).toBe(true);
  for (const foreign of [
    "https://example.org/a.js",
    "data:text/javascript,1",
    "blob:https://plan.example.org/1",
    "java" + "script:1",
  ])
    expect(isOwnScript(foreign, here)).toBe(false);
});

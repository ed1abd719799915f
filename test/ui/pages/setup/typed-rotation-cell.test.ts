import { expect, test } from "vitest";
import { typedRotationCell } from "../../../../src/ui/pages/setup/typed-rotation-cell.ts";

const templates = ["Early", "Late", "Late 2", "Evening"].map((name) => ({ id: name.toLowerCase(), name }));

test.each([
  ["early", { templateId: "early" }],
  ["EA", { templateId: "early" }],
  ["Late", { templateId: "late" }],
  ["e", undefined],
  ["night", undefined],
  ["Off", { templateId: null }],
  [" - ", { templateId: null }],
  ["0", { templateId: null }],
  ["", null],
  ["·", null],
])("%s typed into a day of a rotation", (text, cell) => {
  expect(typedRotationCell(text, templates, "off")).toEqual(cell);
});

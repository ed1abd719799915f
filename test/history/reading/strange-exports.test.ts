import { describe, expect, test } from "vitest";
import { judgeNewcomerFile } from "./judge-newcomer-file.ts";
import { strangeExports } from "./strange-exports.ts";

describe("exports of telephone systems and spreadsheets, seed 7: read right, asked about, or refused where nothing is right", () => {
  test.each(strangeExports(7).map((file) => [file.shape, file] as const))("%s", async (_, file) => {
    const { verdict, because } = await judgeNewcomerFile(file);
    expect(verdict, because).not.toBe("wrong");
    if (file.isHopeless === true) expect(verdict).toBe("refused");
  });
});

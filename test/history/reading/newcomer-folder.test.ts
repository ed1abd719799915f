import { describe, expect, test } from "vitest";
import { judgeNewcomerFile } from "./judge-newcomer-file.ts";
import { newcomerFolder } from "./newcomer-folder.ts";

describe("a newcomer's folder, seed 7: every file is read right, or asked about with the right answer among those offered", () => {
  const folder = newcomerFolder(7);

  test("holds forty shapes or more, in ten languages", () => {
    expect(folder.length).toBeGreaterThanOrEqual(40);
    expect(new Set(folder.map(({ language }) => language)).size).toBeGreaterThanOrEqual(10);
  });

  test.each(folder.map((file) => [`${file.language}: ${file.shape}`, file] as const))(
    "%s",
    async (_, file) => {
      const { verdict, because } = await judgeNewcomerFile(file);
      expect(verdict, because).not.toBe("wrong");
    },
  );
});

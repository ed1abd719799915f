import i18next from "i18next";
import { beforeAll, describe, expect, test, vi } from "vitest";

describe("words on screen", () => {
  beforeAll(async () => {
    vi.stubGlobal("localStorage", { getItem: () => "en", setItem: () => {} });
    vi.stubGlobal("document", { documentElement: { lang: "" } });
    const { startWords } = await import("../../../src/ui/kit/words.ts");
    await startWords();
  });

  test("numbers in sentences are grouped, in either language", async () => {
    expect(i18next.t("frame:figure.open", { count: 1263 })).toBe("1,263 open");
    await i18next.changeLanguage("zh-CN");
    expect(i18next.t("frame:figure.open", { count: 1263 })).toBe("1,263 个空班");
    await i18next.changeLanguage("en");
  });

  test("texts are left as they are", () => {
    expect(i18next.t("issues:storage.conflict", { plan: "A <b> 2026" })).toContain('"A <b> 2026"');
  });
});

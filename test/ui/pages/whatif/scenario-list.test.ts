import { describe, expect, it } from "vitest";
import { freeId, scenariosOfTemplate, withCopy } from "../../../../src/ui/pages/whatif/scenario-list.ts";
import { busier, plannedDocument, slower } from "./planned-document.ts";

const { plan } = plannedDocument();

describe("the list of scenarios", () => {
  it("gives a new scenario an id that none has", () => {
    expect(freeId([])).toBe("scenario-1");
    expect(freeId([{ ...busier, id: "scenario-2" }])).toBe("scenario-3");
  });

  it("puts a copy right after its original", () => {
    const copied = withCopy([busier, slower], "busier", { id: "copy", name: "Busier again" });
    expect(copied.map(({ id }) => id)).toEqual(["busier", "copy", "slower"]);
    expect(copied[1]).toEqual({ ...busier, id: "copy", name: "Busier again" });
  });
});

describe("scenarios of a template", () => {
  const make = (templateId: string, of = plan) =>
    scenariosOfTemplate(of, templateId, "2026-11-03", (key) => key);

  it("hold on the given date", () => {
    const [peak] = make("peakDay");
    expect(peak.id).toBe("scenario-3");
    expect(peak.name).toBe("peakDay");
    expect(peak.changes[0]).toMatchObject({ window: { fromDate: "2026-11-03", toDate: "2026-11-03" } });
  });

  it("hold on Black Friday where the plan covers it, under that name", () => {
    const [peak] = make("peakDay", { ...plan, firstDate: "2026-11-23" });
    expect(peak.name).toBe("blackFriday");
    expect(peak.changes[0]).toMatchObject({ window: { fromDate: "2026-11-27" } });
  });

  it("a drill is the outage alone and the outage with the emergency plan, each with its own id", () => {
    const drill = make("drill");
    expect(drill.map(({ id, name }) => [id, name])).toEqual([
      ["scenario-3", "outage"],
      ["scenario-4", "drill"],
    ]);
    expect(drill[1].changes.length).toBeGreaterThan(drill[0].changes.length);
  });

  it("are none for a template that is not known", () => {
    expect(make("unknown")).toEqual([]);
  });
});

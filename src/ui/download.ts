import { exportFileName } from "../app/plan-exports.ts";
import type { PlanLibrary } from "../app/plan-library.ts";

/** Hands a file to the browser to be saved under a name. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export async function savePlanFile(library: PlanLibrary, planName: string): Promise<void> {
  download(await library.planFile(), exportFileName(planName, "", "shiftwright.json"));
}

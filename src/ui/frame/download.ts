import type { FileTerms, PlanLibrary } from "../../app/keeping/plan-library.ts";
import { exportFileName } from "../../files/export-names.ts";

/** Hands a file to the browser to be saved under a name. */
export function download(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Plan files and backups are gzipped JSON: the name says so to people and to other programs. */
export const planFileExtension = "shiftwright.json.gz";

/** One behind a passphrase is no gzip any more. */
export function planExtension({ passphrase = null }: FileTerms): string {
  return passphrase === null ? planFileExtension : "shiftwright.locked";
}

/** Saves the open plan as a file; answers its bytes. */
export async function savePlanFile(
  library: PlanLibrary,
  planName: string,
  terms: FileTerms = {},
): Promise<number> {
  const file = await library.planFile(terms);
  download(file, exportFileName(planName, "", planExtension(terms)));
  return file.size;
}

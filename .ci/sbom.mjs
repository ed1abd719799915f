import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `npm run sbom`: what the built program is made of, as CycloneDX, beside the build that is released. */
const root = join(import.meta.dirname, "..");
const { status, stdout, stderr } = spawnSync(
  "npm",
  ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--omit=dev", "--package-lock-only"],
  { cwd: root, encoding: "utf8", maxBuffer: 1 << 26, shell: process.platform === "win32" },
);
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}
const bill = JSON.parse(stdout);
// npm calls the program by its folder.
bill.metadata.component.name = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).name;
mkdirSync(join(root, "dist"), { recursive: true });
const path = join(root, "dist", "sbom.cdx.json");
writeFileSync(path, `${JSON.stringify(bill, null, 2)}\n`);
console.log(`${bill.components.length} packages in ${path}`);

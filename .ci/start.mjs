import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { setUp } from "./set-up.mjs";

/** `npm start`: install, build, serve. Arguments go to the server, for instance `npm start -- --port 8080`. */
setUp();
const root = join(import.meta.dirname, "..");
const options = { cwd: root, stdio: "inherit", shell: process.platform === "win32" };
const built = spawnSync("npm", ["run", "--silent", "build"], options);
if (built.status !== 0) process.exit(built.status ?? 1);
console.log("\nShiftwright is served at the address below. Ctrl+C ends it.");
const vite = join(root, "node_modules", "vite", "bin", "vite.js");
const server = spawn(process.execPath, [vite, "preview", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
server.on("exit", (code) => process.exit(code ?? 0));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));

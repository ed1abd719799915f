import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";

/** Body of a process that optimises what it is sent and sends back every schedule that it could be stopped with. */
process.once("message", async (task: ShiftsInput) => {
  await optimiseShifts(task, ({ partial }) => {
    if (partial !== undefined) process.send?.(partial);
  });
  process.disconnect();
});

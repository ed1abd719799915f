import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { type Family, type Figures, families, runRounds, summed } from "./families.ts";

/**
 * `npm run fuzz -- [histories|plans|people|vendor] COUNT SEED FIRST`: damaged inputs from a seed, on every core (`FUZZ_JOBS`:
 * on so many). Prints how many were read, refused and counted by hand, and each kind of fault with the rounds in which it
 * was seen, so that one can be run again: `npm run fuzz -- histories 1 7 2108`. The status is 1 where there is any.
 */
interface Task {
  readonly family: Family;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}
type Message = { readonly round: number } | { readonly figures: Figures };

const chunk = 500;
/** A round that does not end is given up after this. */
const stuckMilliseconds = 60_000;

if (process.send === undefined) await main(process.argv.slice(2));
else process.once("message", (task: Task) => void work(task));

async function work({ family, seed, from, to }: Task): Promise<void> {
  const tell = (message: Message) => process.send?.(message);
  const figures = await runRounds(family, seed, from, to, {
    mostMilliseconds: 5000,
    onRound: (round) => tell({ round }),
  });
  tell({ figures });
}

async function main(args: readonly string[]): Promise<void> {
  const [wanted, ...rest] = families.some((family) => family === args[0]) ? args : [undefined, ...args];
  const [count = 1000, seed = 1, first = 0] = rest.map(Number);
  if (![count, seed, first].every((value) => Number.isInteger(value) && value >= 0)) {
    console.error(`usage: npm run fuzz -- [${families.join("|")}] COUNT SEED FIRST`);
    process.exitCode = 2;
    return;
  }
  for (const family of wanted === undefined ? families : [wanted as Family]) {
    const started = performance.now();
    const figures = await spread(family, seed, first, count);
    print(family, seed, figures, (performance.now() - started) / 1000);
    if (figures.faults.size > 0) process.exitCode = 1;
  }
}

/** The rounds in chunks, each in a process of its own, so that one that hangs can be given up and named. */
async function spread(family: Family, seed: number, first: number, count: number): Promise<Figures> {
  const parts: Figures[] = [];
  const jobs = Math.min(Number(process.env.FUZZ_JOBS ?? availableParallelism()), Math.ceil(count / chunk));
  const share = Math.max(chunk, Math.min(20_000, Math.ceil(count / jobs)));
  let next = first;
  const end = first + count;
  await Promise.all(
    Array.from({ length: Math.max(1, jobs) }, async () => {
      while (next < end) {
        const from = next;
        next = Math.min(end, from + share);
        parts.push(...(await inProcess({ family, seed, from, to: next })));
      }
    }),
  );
  return summed(parts);
}

async function inProcess(task: Task): Promise<Figures[]> {
  const { from, to } = task;
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), { serialization: "advanced" });
  let seen = from;
  let watch: NodeJS.Timeout | undefined;
  const figures = await new Promise<Figures | null>((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(watch);
      watch = setTimeout(() => resolve(null), stuckMilliseconds);
    };
    giveUp();
    child.on("message", (message: Message) => {
      if ("figures" in message) return resolve(message.figures);
      seen = message.round;
      giveUp();
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`round ${seen} ended its process with ${code}`)));
    child.send(task);
  });
  clearTimeout(watch);
  child.removeAllListeners();
  child.kill("SIGKILL");
  if (figures !== null) return [figures];
  const hung: Figures = {
    rounds: 1,
    read: 0,
    refused: 0,
    counted: 0,
    slowestMilliseconds: stuckMilliseconds,
    slowestRound: seen,
    faults: new Map([["does not end", [seen]]]),
  };
  // What came before it is run again: its figures went with the process.
  const before = seen > from ? await inProcess({ ...task, to: seen }) : [];
  const after = seen + 1 < to ? await inProcess({ ...task, from: seen + 1 }) : [];
  return [...before, hung, ...after];
}

function print(family: Family, seed: number, figures: Figures, seconds: number): void {
  const { rounds, read, refused, counted, slowestMilliseconds, slowestRound, faults } = figures;
  const number = (value: number) => value.toLocaleString("en");
  console.log(
    `${family}: ${number(rounds)} damaged inputs of seed ${seed} in ${seconds.toFixed(0)} s ` +
      `(${number(Math.round(rounds / seconds))} a second): ${number(read)} read, ${number(refused)} refused, ` +
      `${number(counted)} with sums counted by hand; slowest ${slowestMilliseconds.toFixed(0)} ms (round ${slowestRound}); ` +
      `${faults.size} kinds of fault`,
  );
  for (const [kind, where] of faults)
    console.log(`  ${where.length} × ${kind}: rounds ${where.slice(0, 6).join(", ")}`);
}

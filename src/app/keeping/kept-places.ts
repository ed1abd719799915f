import type { Storage } from "./storage.ts";

/** A place in this browser where something of the program is kept: how many entries, and about how many bytes. */
export interface KeptPlace {
  readonly place: "plans" | "snapshots" | "settings" | "unsaved";
  readonly count: number;
  readonly bytes: number;
}

const ownPrefix = "shiftwright.";
const unsavedKey = "shiftwright.unsaved";
/** Tells other tabs to let go of everything, and when it is gone. */
const channelName = "shiftwright.erase";

/** What is kept in the database and in the small stores for texts; other programs of the same address are left out. */
export async function keptPlaces(storage: Storage | null): Promise<readonly KeptPlace[]> {
  const sizes = await storage?.sizes().catch(() => null);
  const texts = ownTexts();
  const unsaved = texts.filter(({ key }) => key === unsavedKey);
  const settings = texts.filter(({ key }) => key !== unsavedKey);
  const bytesOf = (some: typeof texts) =>
    some.reduce((sum, { key, text }) => sum + 2 * (key + text).length, 0);
  const none = { count: 0, bytes: 0 };
  const stored = sizes ?? { plans: none, snapshots: none, settings: none };
  return [
    { place: "plans", ...stored.plans },
    { place: "snapshots", ...stored.snapshots },
    {
      place: "settings",
      count: stored.settings.count + settings.length,
      bytes: stored.settings.bytes + bytesOf(settings),
    },
    { place: "unsaved", count: unsaved.length, bytes: bytesOf(unsaved) },
  ];
}

/** Erases all of it; other tabs let go first, keep nothing they still hold, and load again when it is gone. */
export async function eraseKept(storage: Storage | null): Promise<void> {
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(channelName);
  channel?.postMessage("begins");
  await storage?.erase();
  for (const { key, store } of ownTexts()) store.removeItem(key);
  channel?.postMessage("ended");
  channel?.close();
}

/** Calls back when another tab erases everything. */
export function onErasedElsewhere(events: {
  readonly onBegin: () => void;
  readonly onEnd: () => void;
}): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(channelName);
  // In Node a channel would keep the process alive.
  if ("unref" in channel) (channel as unknown as { unref(): void }).unref();
  channel.addEventListener("message", ({ data }: MessageEvent<"begins" | "ended">) => {
    if (data === "begins") events.onBegin();
    else events.onEnd();
  });
}

function ownTexts() {
  return [textStore("localStorage"), textStore("sessionStorage")].flatMap((store) =>
    store === null
      ? []
      : Array.from({ length: store.length }, (_, at) => store.key(at) ?? "")
          .filter((key) => key.startsWith(ownPrefix))
          .map((key) => ({ key, text: store.getItem(key) ?? "", store })),
  );
}

function textStore(name: "localStorage" | "sessionStorage"): globalThis.Storage | null {
  try {
    return globalThis[name] ?? null;
  } catch {
    return null;
  }
}

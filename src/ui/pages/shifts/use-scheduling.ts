import type { SchedulingSettings } from "../../../domain/plan/scheduling-settings.ts";
import { useDesk } from "../../frame/session-context.tsx";

/** Changes of how shifts are made, as edits of the plan; `field` within a list names what is typed in, for undo. */
export function useScheduling() {
  const { store } = useDesk();
  return (name: string, next: Partial<SchedulingSettings>, field?: string) =>
    store.edit(
      "shifts:edit.settings",
      (now) => ({ ...now, scheduling: { ...now.scheduling, ...next } }),
      `scheduling.${name}.${field ?? ""}`,
    );
}

import type { LocalDate } from "../../domain/calendar/clock.ts";
import type { DemandHistory } from "../../domain/results/demand.ts";
import type { ResolutionTimes } from "../review/resolution-times.ts";
import type { HistoryMapping } from "./layouts.ts";
import type { GivenReading } from "./questions.ts";
import type { FileSource } from "./read-rows.ts";

export type ChannelName = "voice" | "chat" | "deferred";

export interface HistoryImportInput {
  readonly source: FileSource;
  /** null: recognise it. Otherwise as proposed by `inspectHistory`, perhaps corrected. */
  readonly mapping: HistoryMapping | null;
  /** Zone and interval of the plan: the grid the history is summed to. */
  readonly timeZone: string;
  readonly intervalMinutes: number;
  /** Name given to contacts of a file that names no queue. */
  readonly queueId: string;
  /** What a person has said of a file that is to be recognised; meaningless beside a mapping. */
  readonly given?: GivenReading;
}

/** A stretch of open time the file says nothing about. */
export interface Gap {
  readonly queueId: string;
  readonly date: LocalDate;
  /** First interval of the grid and the number of them. */
  readonly firstInterval: number;
  readonly intervals: number;
}

/** Where the contacts of a queue went: inFile = inHistory + leftOut + refused. */
export interface QueueAccount {
  readonly queueId: string;
  /** Of all rows whose number can be read, refused or not. */
  readonly inFile: number;
  readonly inHistory: number;
  /** Read, but at times that are closed (`import.outsideHours`, `import.partIntervals`). */
  readonly leftOut: number;
  readonly refused: number;
}

/** Where the contacts of a file went, queue by queue. */
export interface ContactAccount {
  readonly queues: readonly QueueAccount[];
  /** Refused rows whose number of contacts cannot be read. */
  readonly rowsWithoutCount: number;
}

/** What a file needs from the person before planning can go on. */
export type Lacking = "aht" | "date" | "intraday";

export interface HistoryImport {
  readonly mapping: HistoryMapping;
  readonly history: DemandHistory;
  /** In the order of `history.queues`. */
  readonly channels: readonly ("voice" | "chat" | "deferred")[];
  /** Not blank, header not counted: rowsRead + rowsRefused. */
  readonly rowsInFile: number;
  readonly rowsRead: number;
  /** Each with an issue of its own, or counted by `import.furtherIssues` when there are too many to list. */
  readonly rowsRefused: number;
  readonly contacts: ContactAccount;
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
  readonly gaps: readonly Gap[];
  /** Dates between the first and the last on which no queue was open. */
  readonly closedDates: readonly LocalDate[];
  readonly lacking: readonly Lacking[];
  /** Where the file is a log of tickets with the time of their resolution. */
  readonly resolutionTimes: ResolutionTimes | null;
}

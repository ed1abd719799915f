/** Why a row is refused: an issue's code, the column it is about, and what its sentence needs. */
export interface Refusal {
  readonly code: string;
  readonly column: number;
  readonly values?: Readonly<Record<string, string | number>>;
}

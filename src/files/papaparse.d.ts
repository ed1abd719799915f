/**
 * What Shiftwright calls of papaparse. Its published types pull those of Node into whatever imports them, and with them
 * `process` and `Buffer` into engines and pages.
 */
declare module "papaparse" {
  interface ParseConfig {
    readonly header?: boolean;
    readonly delimiter?: string;
    readonly delimitersToGuess?: string[];
    readonly newline?: "\n" | "\r\n" | "\r";
    readonly skipEmptyLines?: boolean | "greedy";
    transformHeader?(header: string, index: number): string;
  }
  interface ParseError {
    readonly type: string;
    readonly code: string;
    readonly message: string;
    readonly row?: number;
  }
  interface ParseResult<Row> {
    data: Row[];
    readonly errors: ParseError[];
    readonly meta: { readonly delimiter: string; readonly fields?: string[] };
  }
  interface UnparseConfig {
    readonly delimiter?: string;
    readonly newline?: string;
  }
  export function parse<Row>(text: string, config?: ParseConfig): ParseResult<Row>;
  export function unparse(
    rows: unknown[] | { fields: unknown[]; data: unknown[] },
    config?: UnparseConfig,
  ): string;
}

export interface SampleSize {
  readonly replications: number;
  readonly factor: number;
}

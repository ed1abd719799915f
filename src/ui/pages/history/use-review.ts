import { useEffect, useState } from "react";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import type { QualityFinding } from "../../../history/review/quality-finding.ts";
import { reviewOf } from "./history-review.ts";

/** What stands out in a history; null until it is known. The former list stays while a changed history is reviewed. */
export function useReview(history: DemandHistory): readonly QualityFinding[] | null {
  const [findings, setFindings] = useState<readonly QualityFinding[] | null>(null);
  useEffect(() => {
    let current = true;
    reviewOf(history).then(
      (found) => {
        if (current) setFindings(found);
      },
      // The worker was stopped or replaced: the next visit asks again.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [history]);
  return findings;
}

import type { Issue } from "../domain/outcome.ts";

/** Issues of one file, with an end to how many of one kind are listed; `import.furtherIssues` counts the rest. */
export interface IssueList {
  add(issue: Issue): void;
  all(): Issue[];
}

/**
 * @param first what was remarked before
 * @param listedPerCode more of the same are counted
 */
export function issueList(table: string, first: readonly Issue[], listedPerCode = 200): IssueList {
  const listed = [...first];
  const counts = new Map<string, number>();
  return {
    add(issue) {
      const count = (counts.get(issue.code) ?? 0) + 1;
      counts.set(issue.code, count);
      if (count <= listedPerCode) listed.push({ ...issue, table });
    },
    all() {
      const further = [...counts].filter(([, count]) => count > listedPerCode);
      const sums = further.map(
        ([code, count]): Issue => ({
          code: "import.furtherIssues",
          severity: "warning",
          table,
          values: { of: code, count: count - listedPerCode },
        }),
      );
      return [...listed, ...sums];
    },
  };
}

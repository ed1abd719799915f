import type { Issue } from "../domain/outcome.ts";

/**
 * Issues of one file, with an end to how many of one kind are listed; `import.furtherIssues` counts the rest and shows
 * the first of them.
 */
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
  const firstUnlisted = new Map<string, Issue>();
  return {
    add(issue) {
      const count = (counts.get(issue.code) ?? 0) + 1;
      counts.set(issue.code, count);
      if (count <= listedPerCode) listed.push({ ...issue, table });
      else if (count === listedPerCode + 1) firstUnlisted.set(issue.code, issue);
    },
    all() {
      const sums = [...firstUnlisted].map(
        ([code, issue]): Issue => ({
          ...issue,
          code: "import.furtherIssues",
          severity: "warning",
          table,
          values: { ...issue.values, of: code, count: (counts.get(code) ?? 0) - listedPerCode },
        }),
      );
      return [...listed, ...sums];
    },
  };
}

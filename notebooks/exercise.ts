// The exercises of the lessons: an answer is tried, a solution is verified, by the same check.

export interface Exercise<Answer> {
  /** Prints whether an answer passes, and if not, why: a reader's attempt does not stop the notebook. */
  attempt(answer: Answer): Promise<void>;
  /** Throws what the check throws: a solution that does not pass fails the notebook. */
  verify(solution: Answer): Promise<void>;
}

/**
 * Defines an exercise by its check, which throws an error that says what is missing.
 *
 * @example
 * const doubling = exercise("Doubling", async (double: (n: number) => number) => {
 *   assert.equal(double(2), 4, "double(2) should be 4");
 * });
 * await doubling.attempt((n) => n); // Doubling: not yet. double(2) should be 4
 */
export function exercise<Answer>(name: string, check: (answer: Answer) => PromiseLike<void>): Exercise<Answer> {
  const verify = async (solution: Answer) => {
    await check(solution);
    console.log(`${name}: solved`);
  };
  const attempt = async (answer: Answer) => {
    try {
      await verify(answer);
    } catch (error) {
      console.log(`${name}: not yet. ${error instanceof Error ? error.message : error}`);
    }
  };
  return { attempt, verify };
}

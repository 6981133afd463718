// Sums up vitest's report: what failed, what was skipped, and at last "N passed, N failed". A skip counts as a failure, and so
// does a step that failed: node summary.js REPORT [STEP ...]

import { existsSync, readFileSync } from "node:fs";

const [file = "", ...failedSteps] = process.argv.slice(2);
/** @type {{ testResults: { name: string, status: string, message?: string, assertionResults: { fullName: string, status: string }[] }[] }} */
const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { testResults: [] };

const tests = report.testResults.flatMap((suite) =>
  suite.assertionResults.length === 0 && suite.status === "failed"
    ? [{ fullName: `${suite.name}: ${suite.message ?? "did not load"}`, status: "failed" }]
    : suite.assertionResults,
);
const passed = tests.filter(({ status }) => status === "passed").length;
const others = tests.filter(({ status }) => status !== "passed");
// The tests' own step fails with each test; alone it is an error outside of them.
for (const step of failedSteps)
  if (!step.startsWith("npm test") || others.length === 0) others.push({ fullName: step, status: "failed" });
if (tests.length === 0) others.push({ fullName: "no test ran", status: "failed" });

for (const { fullName, status } of others) console.log(`${status === "failed" ? "FAILED " : "SKIPPED"} ${fullName}`);
console.log(`${passed} passed, ${others.length} failed`);
process.exitCode = others.length === 0 ? 0 : 1;

import { describe, expect, test } from "vitest";
import { JobQueue } from "../../../kernel/queue/job-queue.ts";
import { commJob, executeJob } from "../io/parts.ts";

function queue() {
  const started: number[] = [];
  return { started, queue: new JobQueue((job) => started.push(job.parent.id)) };
}

describe("the shell queue", () => {
  test("starts one job at a time, in the order of arrival", () => {
    const { started, queue: q } = queue();
    for (const job of [executeJob(1), commJob(2), executeJob(3)]) q.push(job);
    expect(started).toEqual([1]);
    q.finish();
    expect(started).toEqual([1, 2]);
    q.finish();
    expect(started).toEqual([1, 2, 3]);
  });

  test("is idle after the last job, and starts the next at once", () => {
    const { started, queue: q } = queue();
    q.push(executeJob(1));
    q.finish();
    expect(q.running).toBeUndefined();
    q.push(executeJob(2));
    expect(started).toEqual([1, 2]);
  });

  test("gives up its waiting cells and keeps its comm messages", () => {
    const { started, queue: q } = queue();
    for (const job of [executeJob(1), executeJob(2), commJob(3), executeJob(4)]) q.push(job);
    expect(q.takeExecutes().map((job) => job.parent.id)).toEqual([2, 4]);
    q.finish();
    expect(started).toEqual([1, 3]);
  });

  test("takes any number of jobs that are over as soon as they start", () => {
    let started = 0;
    const q: JobQueue = new JobQueue(() => {
      started++;
      q.finish();
    });
    q.hold();
    for (let id = 1; id <= 20_000; id++) q.push(commJob(id));
    q.release();
    expect(started).toBe(20_000);
  });

  test("starts nothing while it is held", () => {
    const { started, queue: q } = queue();
    q.hold();
    q.push(executeJob(1));
    expect(started).toEqual([]);
    q.release();
    expect(started).toEqual([1]);
  });

  test("takes a hundred thousand jobs without slowing down", () => {
    const { started, queue: q } = queue();
    for (let i = 0; i < 100_000; i++) q.push(executeJob(i));
    for (let i = 0; i < 100_000; i++) q.finish();
    expect(started).toHaveLength(100_000);
  });
});

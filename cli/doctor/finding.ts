// What a check of the doctor found.

export type Finding =
  | { state: "ok"; subject: string; text: string }
  /** `advice`: something that can be done without; `fault`: something that is needed is broken. */
  | { state: "advice" | "fault"; subject: string; text: string; remedy: string };

export const ok = (subject: string, text: string): Finding => ({ state: "ok", subject, text });

export const advice = (subject: string, text: string, remedy: string): Finding => ({
  state: "advice",
  subject,
  text,
  remedy,
});

export const fault = (subject: string, text: string, remedy: string): Finding => ({
  state: "fault",
  subject,
  text,
  remedy,
});

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

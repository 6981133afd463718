// Who the kernel is.

import packageJson from "../../package.json" with { type: "json" };
import { PROTOCOL_VERSION } from "../protocol/header.ts";

const TYPESCRIPT_VERSION = packageJson.dependencies.typescript.replace(/^\D+/, "");

/** The content of every kernel_info_reply. */
export const KERNEL_INFO = {
  status: "ok",
  protocol_version: PROTOCOL_VERSION,
  implementation: "loopbook",
  implementation_version: packageJson.version,
  language_info: {
    name: "typescript",
    version: TYPESCRIPT_VERSION,
    mimetype: "application/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    codemirror_mode: "typescript",
    nbconvert_exporter: "script",
  },
  banner: `Loopbook ${packageJson.version}: TypeScript ${TYPESCRIPT_VERSION} on one live event loop (Node ${process.versions.node})`,
  help_links: [
    { text: "TypeScript handbook", url: "https://www.typescriptlang.org/docs/handbook/intro.html" },
    { text: "Node.js API", url: "https://nodejs.org/docs/latest/api/" },
  ],
  debugger: false,
  supported_features: [],
} as const;

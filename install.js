#!/usr/bin/env node
// Installs the kernelspec: `node install.js --help`. Runs on any Node from 20 on; the kernel itself gets the pinned engine.

import { installCommand } from "./cli/install/command.js";

process.exitCode = installCommand(process.argv.slice(2), "node install.js");

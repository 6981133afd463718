// Loaded by every Node that a cell starts (see child-modules.ts): `loopbook` is found also where it is not installed. Plain
// CommonJS, because any Node may be started.
"use strict";

const { registerHooks } = require("node:module");
const { pathToFileURL } = require("node:url");

const findOwn = require.resolve;

// Older ones have no such hooks, and find what is installed.
if (registerHooks)
  registerHooks({
    resolve(specifier, context, next) {
      if (!/^loopbook(\/|$)/.test(specifier)) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch (error) {
        // As this package finds itself.
        try {
          return { url: pathToFileURL(findOwn(specifier)).href, shortCircuit: true };
        } catch {
          throw error;
        }
      }
    },
  });

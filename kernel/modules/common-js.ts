// What CommonJS code finds around it, for code that is none: a cell, or a file that is a module.

import { createRequire, Module } from "node:module";
import { dirname } from "node:path";

export interface CommonJs {
  require: NodeJS.Require;
  module: Module;
  exports: object;
  __filename: string;
  __dirname: string;
}

/** For the file at a path. Nothing reads what is exported so. */
export function commonJs(path: string): CommonJs {
  const require = createRequire(path);
  const directory = dirname(path);
  const module = Object.assign(new Module(path), {
    filename: path,
    path: directory,
    paths: require.resolve.paths("x") ?? [],
  });
  return { require, module, exports: module.exports, __filename: path, __dirname: directory };
}

import { pythonSuite } from "./python-suite.ts";

pythonSuite("load", "load_test");

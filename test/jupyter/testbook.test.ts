import { pythonSuite } from "./python-suite.ts";

pythonSuite("testbook", "testbook_test");

import { pythonSuite } from "./python-suite.ts";

pythonSuite("bad messages", "bad_messages_test");

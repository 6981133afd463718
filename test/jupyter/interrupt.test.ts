import { pythonSuite } from "./python-suite.ts";

pythonSuite("interrupts", "interrupt_test");

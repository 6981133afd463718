import { pythonSuite } from "./python-suite.ts";

pythonSuite("jupyter_kernel_test", "kernel_test");

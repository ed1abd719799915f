import { z } from "zod";

/** The page's security policy forbids compiled parsers; every file that makes a schema imports this one first. */
z.config({ jitless: true });

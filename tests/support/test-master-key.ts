import { parseMasterKey } from '../../api/platform/master-key.ts';

/** The master key of every test and bench. */
export const TEST_MASTER_KEY = parseMasterKey(Buffer.alloc(32, 7).toString('base64'), 'the test key');

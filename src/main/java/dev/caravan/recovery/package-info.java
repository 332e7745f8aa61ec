/**
 * Recovery: makes up for lost events, messages and workers, removes data that is not needed any more, and reports what is
 * stuck. The reconciler is the role that does so by itself, one active at a time; operators ask for it by the API.
 */
package dev.caravan.recovery;

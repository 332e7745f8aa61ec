/**
 * Reads files from addresses that people name, and tells such addresses things - but none that only this network should
 * reach.
 *
 * <p>Every URL that Caravan is told to call goes through here. Knows {@code failure} and {@code settings}, and no job: whoever
 * fetches for one says how to tell it of progress.
 */
package dev.caravan.fetch;

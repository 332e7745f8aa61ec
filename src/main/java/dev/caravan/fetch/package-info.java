/**
 * Fetches files from URLs that clients name, and sends notifications to such URLs, but connects to no address that only the
 * internal network should reach. Every URL that Caravan is told to call goes through here.
 */
package dev.caravan.fetch;

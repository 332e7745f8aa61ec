/**
 * Jobs: their records and history, the table of all that can happen to a job, the waiting and the active ones, their end and
 * its effect on their asset. No other package writes a job's record or names its attributes.
 */
package dev.caravan.job;

/** Makes the results of a pipeline part of the asset, in the pipeline's last step. */
package dev.caravan.publish;

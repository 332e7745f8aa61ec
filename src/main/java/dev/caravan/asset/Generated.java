package dev.caravan.asset;

/**
 * The model and prediction that generated an asset.
 *
 * @param model {@code owner/name}, as at the provider
 * @param prediction the provider's id of the run; null until it is known
 */
public record Generated(String model, String prediction) {}

/** JSON as Caravan writes it, and times as text in it. A leaf: every room may use it. */
package dev.caravan.json;

package dev.caravan.live;

import dev.caravan.job.JobFields;
import dev.caravan.records.Items;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Finds the events in a committed transaction: code that writes history announces it without a further call. */
final class CommittedEvents implements Consumer<List<TransactWriteItem>> {
    private final Consumer<LiveEvent> events;

    CommittedEvents(Consumer<LiveEvent> events) {
        this.events = events;
    }

    @Override
    public void accept(List<TransactWriteItem> written) {
        written.stream()
                .map(TransactWriteItem::put)
                .filter(put -> put != null && isEvent(put))
                .map(put -> LiveEvent.of(Items.map(put.item())))
                .forEach(events);
    }

    private static boolean isEvent(Put put) {
        return Optional.ofNullable(put.item().get(JobFields.ITEM))
                .map(AttributeValue::s)
                .filter(LiveEvent::isHistory)
                .isPresent();
    }
}

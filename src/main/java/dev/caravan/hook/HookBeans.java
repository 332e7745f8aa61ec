package dev.caravan.hook;

import dev.caravan.records.Tables;
import java.time.Clock;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Assembles the hooks. */
public final class HookBeans {
    private HookBeans() {}

    public static Hooks of(CamelContext context, DynamoDbClient dynamo, Tables tables, Clock clock) {
        return new Hooks(context, new Outbox(dynamo, tables, clock), new EndedJobs(tables.assets()));
    }
}

package dev.caravan.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.http.ProblemException;
import dev.caravan.http.QueryString;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.records.Records;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lists and searches jobs; the bean {@code jobSearch} of the route list-jobs. {@link BudgetedScan} limits the cost of a
 * page.
 */
public final class JobSearch {
    static final Map<String, String> STATUSES = statuses();

    private final JobLists lists;
    private final Records records;
    private final BudgetedScan budgetedScan;
    private final String table;
    private final Function<Map<String, AttributeValue>, ObjectNode> view;

    JobSearch(
            JobLists lists,
            Records records,
            BudgetedScan budgetedScan,
            String table,
            Function<Map<String, AttributeValue>, ObjectNode> view) {
        this.lists = lists;
        this.records = records;
        this.budgetedScan = budgetedScan;
        this.table = table;
        this.view = view;
    }

    private static Map<String, String> statuses() {
        Map<String, String> statuses = new LinkedHashMap<>();
        Stream.of(JobStatus.values())
                .forEach(status -> statuses.put(status.name().toLowerCase(Locale.ROOT), status.name()));
        return statuses;
    }

    /**
     * @return a page
     * @throws ProblemException when the query cannot be understood
     */
    public SearchPage list(Exchange exchange) {
        SearchQuery query = SearchQuery.of(QueryString.of(exchange), STATUSES);
        JobFilter filter = JobFilter.of(query);
        if (query.id() != null) {
            return only(record(query.id()).filter(filter::shows));
        }
        Optional<Map<String, AttributeValue>> named = query.text() == null ? Optional.empty() : record(query.text());
        return named.isPresent() ? only(named.filter(filter.ofAnyName()::shows)) : walk(query, filter);
    }

    private Optional<Map<String, AttributeValue>> record(String id) {
        return records.get(table, Jobs.key(id));
    }

    private SearchPage only(Optional<Map<String, AttributeValue>> job) {
        return new SearchPage(job.map(view).stream().toList(), null, true, 1);
    }

    private SearchPage walk(SearchQuery query, JobFilter filter) {
        EntryList list = lists.of(query, budgetedScan.ahead(filter, query.limit()));
        return budgetedScan.page(list, filter, query.limit(), view);
    }
}

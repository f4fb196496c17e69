#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <livery/http/params.h>
#include <livery/http/response.h>
#include <livery/http/route.h>
#include <livery/view/view.h>

namespace livery {

// The one list of the staff's console: rows to find something in, never to edit. Values without
// identity; any thread, one at a time. Texts are ready to read and UTF-8; nothing is escaped yet.

struct ListSort {
    std::string column;  // its key; empty: the order in which the rows come
    bool descending = false;
    bool operator==(const ListSort&) const = default;
};

// What a list can be asked for. Names and keys are the words of its addresses.
struct ListShape {
    struct Filter {
        std::string name;                 // not `q`, `sort`, `after` or `format`: those are taken
        std::vector<std::string> values;  // beside "", which is all
    };
    std::vector<std::string> sortable = {};  // keys of columns
    ListSort usual = {};                     // the order when none is asked for
    std::vector<Filter> filters = {};
};

// What an address asks of a list: `?q=ann&state=open&sort=-due&after=…`.
struct ListQuery {
    // Rows of a page, and of a file: who reads the rows asks for one more than limit().
    static constexpr std::size_t kPageRows = 50;
    static constexpr std::size_t kFileRows = 10'000;

    std::string search = {};  // without blanks around it, at most 100 bytes
    ListSort sort = {};
    std::map<std::string, std::string> filters = {};  // only those that are set
    std::string after = {};  // where the page begins: what `ListPage::next` was; anyone may write
                             // anything there. At most 200 bytes, else dropped
    bool csv = false;
    ListSort usual = {};  // of the shape: what an address need not say

    // Never an error: what the shape does not know is as if it were not there. Throws
    // BrokenInvariant when a filter of the shape has a name that is taken.
    static ListQuery From(const Params& query, const ListShape& shape);

    std::size_t limit() const { return csv ? kFileRows : kPageRows; }
    std::string_view Filter(std::string_view name) const;  // "" = all
    bool hides() const { return !search.empty() || !filters.empty(); }

    // The same list, asked otherwise, from its beginning.
    ListQuery WithFilter(const std::string& name, std::string value) const;
    ListQuery SortedBy(const std::string& column) const;  // the other way round if it already is
    ListQuery WithoutFilters() const;                     // nor search; keeps the order
    ListQuery FromStart() const;
    // Its address below `path`, percent-encoded (RFC 3986), without what is usual.
    std::string Href(std::string_view path) const;
};

struct ListPage {
    struct Link {
        std::string label;
        std::string href;
    };
    struct Column {
        std::string key;
        std::string label;
        bool numeric = false;
        bool sortable = false;
        std::string note_label = {};  // of the notes' own column in a file; empty: not in it
    };
    struct Cell {
        std::string text;
        std::string href = {};
        std::string note = {};   // a second, smaller line
        std::string badge = {};  // the state that colours it (class `badge-…`); empty: plain text
        std::string csv = {};    // in a file instead of `text`: an amount as a number, an ISO date
    };
    struct Choice {
        std::string value;  // "" = all, which comes first
        std::string label;
    };
    struct Filter {
        std::string name;
        std::string label;
        std::vector<Choice> choices;
    };
    // A list of the same area, this one among them.
    struct Tab {
        std::string label;
        std::string href;
        bool current = false;
    };

    std::string title;
    std::string path;       // of the list, encoded; its links are made of it
    std::string file_name;  // of its CSV, without ending: [a-z0-9-]; empty: there is none
    ListQuery query;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows = {};  // as many cells as columns; the first names the row
    std::string count = {};                    // "1,204 customers"
    std::string search = {};                   // the box's label; empty: no box
    std::vector<Filter> filters = {};
    std::string next = {};  // cursor of the page that follows; empty: this is the last
    Link action = {};       // primary; empty: none
    Link back = {};         // breadcrumb; empty: none
    std::vector<Tab> tabs = {};
    std::string empty_icon = "inbox";
    std::string empty = {};  // there is nothing at all, and what to do about it
};

// The theme's page `list`. This and ToCsv throw BrokenInvariant when a row has not as many cells as
// there are columns.
View ToView(const ListPage& list);
// RFC 4180 in UTF-8 with a byte order mark, which spreadsheets ask for. What they would take for a
// formula is text there (OWASP, "CSV injection"). Where `next` is set, so that rows are left out,
// the file's name says how many it has. Throws BrokenInvariant when `file_name` is none.
Response ToCsv(const ListPage& list);
// What was asked for: the page or its file.
Reply Answer(const ListPage& list);

}  // namespace livery

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include <livery/check.h>
#include <livery/utf8.h>
#include <livery/view/list_page.h>

namespace livery {

namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t kMaxSearch = 100;
constexpr std::size_t kMaxCursor = 200;
constexpr std::size_t kShortText = 16;  // a date, a number: never broken into lines
constexpr std::array<std::string_view, 4> kTaken = {"q", "sort", "after", "format"};

template <class Range>
bool Holds(const Range& range, std::string_view value) {
    return std::find(std::begin(range), std::end(range), value) != std::end(range);
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSmallLetter(char c) { return c >= 'a' && c <= 'z'; }

std::string_view Trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n\f\v";
    const auto from = text.find_first_not_of(kBlanks);
    if (from == std::string_view::npos) return "";
    return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

bool IsUnreserved(char c) {
    return IsDigit(c) || IsSmallLetter(c) || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._~").find(c) != std::string_view::npos;
}

std::string PercentEncoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        if (IsUnreserved(c))
            encoded += c;
        else
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

ListSort SortFrom(std::string_view asked, const ListShape& shape) {
    const bool descending = asked.starts_with('-');
    const std::string_view column = asked.substr(descending ? 1 : 0);
    if (!Holds(shape.sortable, column)) return shape.usual;
    return {std::string(column), descending};
}

std::string ToText(const ListSort& sort) { return (sort.descending ? "-" : "") + sort.column; }

// What an address says of it, in the order that all of them have.
Pairs PairsOf(const ListQuery& query) {
    Pairs pairs;
    if (!query.search.empty()) pairs.emplace_back("q", query.search);
    pairs.insert(pairs.end(), query.filters.begin(), query.filters.end());
    if (query.sort != query.usual) pairs.emplace_back("sort", ToText(query.sort));
    if (!query.after.empty()) pairs.emplace_back("after", query.after);
    if (query.csv) pairs.emplace_back("format", "csv");
    return pairs;
}

void AddHead(const ListPage& list, ViewModel& model) {
    model.Set("list_title", list.title)
        .Set("list_count", list.count)
        .Flag("has_count", !list.count.empty())
        .Flag("has_back", !list.back.href.empty())
        .Set("back_label", list.back.label)
        .Set("back_href", list.back.href)
        .Flag("has_action", !list.action.href.empty())
        .Set("action_label", list.action.label)
        .Set("action_href", list.action.href);
}

void AddTabs(const ListPage& list, ViewModel& model) {
    auto& rows = model.Rows("tabs", list.tabs.size());
    for (const ListPage::Tab& tab : list.tabs)
        rows.emplace_back()
            .Set("label", tab.label)
            .Set("href", tab.href)
            .Flag("current", tab.current);
    model.Flag("has_tabs", !list.tabs.empty());
}

// A form of GET drops the query of its address: what is to stay goes along in hidden fields.
void AddSearch(const ListPage& list, ViewModel& model) {
    ListQuery others = list.query.FromStart();
    others.search.clear();
    const Pairs kept = PairsOf(others);
    auto& rows = model.Rows("kept", kept.size());
    for (const auto& [name, value] : kept)
        rows.emplace_back().Set("name", name).Set("value", value);
    ListQuery unsearched = list.query.WithoutFilters();
    unsearched.filters = list.query.filters;
    model.Flag("has_search", !list.search.empty())
        .Set("list_path", list.path)
        .Set("search_label", list.search)
        .Set("search_text", list.query.search)
        .Flag("searches", !list.query.search.empty())
        .Set("unsearched_href", unsearched.Href(list.path));
}

void AddFilters(const ListPage& list, ViewModel& model) {
    auto& rows = model.Rows("filters", list.filters.size());
    for (const ListPage::Filter& filter : list.filters) {
        ViewModel& row = rows.emplace_back();
        row.Set("name", filter.name).Set("label", filter.label);
        auto& choices = row.Rows("choices", filter.choices.size());
        for (const ListPage::Choice& choice : filter.choices) {
            choices.emplace_back()
                .Set("label", choice.label)
                .Set("href", list.query.WithFilter(filter.name, choice.value).Href(list.path))
                .Flag("current", list.query.Filter(filter.name) == choice.value);
        }
    }
    model.Flag("has_tools", !list.search.empty() || !list.filters.empty());
}

void AddColumns(const ListPage& list, ViewModel& model) {
    const ListSort& sort = list.query.sort;
    auto& rows = model.Rows("columns", list.columns.size());
    for (const ListPage::Column& column : list.columns) {
        const bool sorted = column.sortable && sort.column == column.key;
        rows.emplace_back()
            .Set("label", column.label)
            .Set("href", list.query.SortedBy(column.key).Href(list.path))
            .Flag("numeric", column.numeric)
            .Flag("sortable", column.sortable)
            .Flag("ascending", sorted && !sort.descending)
            .Flag("descending", sorted && sort.descending);
    }
    const auto sortable = [](const ListPage::Column& column) { return column.sortable; };
    model.Flag("sorts", std::any_of(list.columns.begin(), list.columns.end(), sortable));
}

void AddCell(const ListPage::Cell& cell, const ListPage::Column& column, ViewModel& row) {
    row.Set("label", column.label)
        .Flag("numeric", column.numeric)
        .Set("text", cell.text)
        .Flag("has_text", !cell.text.empty())
        .Flag("is_short", Characters(cell.text) <= kShortText)
        .Set("href", cell.href)
        .Flag("has_href", !cell.href.empty())
        .Set("note", cell.note)
        .Flag("has_note", !cell.note.empty())
        .Set("badge", cell.badge)
        .Flag("has_badge", !cell.badge.empty());
}

void CheckCells(const ListPage& list, const std::vector<ListPage::Cell>& row) {
    LIVERY_CHECK(!row.empty() && row.size() == list.columns.size(),
                 "a row of a list has a cell for each column");
}

void AddRows(const ListPage& list, ViewModel& model) {
    auto& rows = model.Rows("rows", list.rows.size());
    for (const std::vector<ListPage::Cell>& row : list.rows) {
        CheckCells(list, row);
        ViewModel& shown = rows.emplace_back();
        AddCell(row.front(), list.columns.front(), shown);
        auto& cells = shown.Rows("cells", row.size() - 1);
        for (std::size_t i = 1; i < row.size(); ++i)
            AddCell(row[i], list.columns[i], cells.emplace_back());
    }
    model.Flag("has_rows", !list.rows.empty());
}

// Three ways of being empty, of which each has another way out.
void AddEmptiness(const ListPage& list, ViewModel& model) {
    const bool past = !list.query.after.empty();  // rows that were here are gone
    const bool hidden = !past && list.query.hides();
    model.Flag("is_past", past)
        .Flag("is_hidden", hidden)
        .Flag("is_bare", !past && !hidden)
        .Set("empty_icon", list.empty_icon)
        .Set("empty_text", list.empty)
        .Set("clear_href", list.query.WithoutFilters().Href(list.path));
}

void AddFoot(const ListPage& list, ViewModel& model) {
    ListQuery next = list.query.FromStart();
    next.after = list.next;
    ListQuery file = list.query.FromStart();
    file.csv = true;
    const bool past = !list.query.after.empty();
    const bool has_csv = !list.file_name.empty() && !list.rows.empty();
    model.Flag("has_next", !list.next.empty())
        .Set("next_href", next.Href(list.path))
        .Flag("has_first", past)
        .Set("first_href", list.query.FromStart().Href(list.path))
        .Flag("has_pages", past || !list.next.empty())
        .Flag("has_csv", has_csv)
        .Set("csv_href", file.Href(list.path));
}

bool LooksLikeFormula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r\n").find(text[0]) != std::string_view::npos;
}

// "-1", "+3.50", "-1,234.5": what begins like a formula and computes nothing.
bool IsPlainNumber(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || !IsDigit(text.front()) || !IsDigit(text.back())) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return IsDigit(c) || c == '.' || c == ','; });
}

void AddField(std::string_view text, std::string& csv) {
    if (!csv.empty() && csv.back() == '"') csv += ',';
    csv += '"';
    if (LooksLikeFormula(text) && !IsPlainNumber(text)) csv += '\'';
    for (const char c : text) {
        if (c == '"') csv += '"';
        csv += c;
    }
    csv += '"';
}

std::string CsvText(const ListPage& list) {
    std::string csv = "\xEF\xBB\xBF";
    for (const ListPage::Column& column : list.columns) {
        AddField(column.label, csv);
        if (!column.note_label.empty()) AddField(column.note_label, csv);
    }
    csv += "\r\n";
    for (const std::vector<ListPage::Cell>& row : list.rows) {
        CheckCells(list, row);
        for (std::size_t i = 0; i < row.size(); ++i) {
            AddField(row[i].csv.empty() ? row[i].text : row[i].csv, csv);
            if (!list.columns[i].note_label.empty()) AddField(row[i].note, csv);
        }
        csv += "\r\n";
    }
    return csv;
}

std::string FileName(const ListPage& list) {
    const auto fits = [](char c) { return IsSmallLetter(c) || IsDigit(c) || c == '-'; };
    LIVERY_CHECK(
        !list.file_name.empty() && std::all_of(list.file_name.begin(), list.file_name.end(), fits),
        "the name of a list's file");
    if (list.next.empty()) return list.file_name + ".csv";
    return fmt::format("{}-first-{}.csv", list.file_name, list.rows.size());
}

}  // namespace

ListQuery ListQuery::From(const Params& query, const ListShape& shape) {
    ListQuery asked;
    asked.usual = shape.usual;
    asked.sort = SortFrom(query.Get("sort"), shape);
    asked.search = Trimmed(Beginning(Trimmed(query.Get("q")), kMaxSearch));
    for (const ListShape::Filter& filter : shape.filters) {
        LIVERY_CHECK(!Holds(kTaken, filter.name), "a filter's name means something else");
        const std::string_view value = query.Get(filter.name);
        if (!value.empty() && Holds(filter.values, value)) asked.filters[filter.name] = value;
    }
    if (query.Get("after").size() <= kMaxCursor) asked.after = query.Get("after");
    asked.csv = query.Get("format") == "csv";
    return asked;
}

std::string_view ListQuery::Filter(std::string_view name) const {
    const auto found = filters.find(std::string(name));
    return found == filters.end() ? std::string_view() : std::string_view(found->second);
}

ListQuery ListQuery::WithFilter(const std::string& name, std::string value) const {
    ListQuery other = FromStart();
    other.filters.erase(name);
    if (!value.empty()) other.filters.emplace(name, std::move(value));
    return other;
}

ListQuery ListQuery::SortedBy(const std::string& column) const {
    ListQuery other = FromStart();
    other.sort = {column, sort.column == column && !sort.descending};
    return other;
}

ListQuery ListQuery::WithoutFilters() const {
    ListQuery other = FromStart();
    other.search.clear();
    other.filters.clear();
    return other;
}

ListQuery ListQuery::FromStart() const {
    ListQuery other = *this;
    other.after.clear();
    other.csv = false;
    return other;
}

std::string ListQuery::Href(std::string_view path) const {
    std::string href(path);
    char before = '?';
    for (const auto& [name, value] : PairsOf(*this)) {
        href += before + PercentEncoded(name) + '=' + PercentEncoded(value);
        before = '&';
    }
    return href;
}

View ToView(const ListPage& list) {
    View view{"list", list.title, {}, 200, {}};
    for (const auto add :
         {AddHead, AddTabs, AddSearch, AddFilters, AddColumns, AddRows, AddEmptiness, AddFoot})
        add(list, view.model);
    return view;
}

Response ToCsv(const ListPage& list) {
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.headers.Set("Content-Disposition",
                         fmt::format("attachment; filename=\"{}\"", FileName(list)));
    // It holds what only who is signed in may see, and is another one after the next change.
    response.headers.Set("Cache-Control", "private, no-store");
    response.body = CsvText(list);
    return response;
}

Reply Answer(const ListPage& list) {
    if (list.query.csv && !list.file_name.empty()) return ToCsv(list);
    return ToView(list);
}

}  // namespace livery

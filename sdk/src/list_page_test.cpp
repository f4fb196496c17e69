#include <variant>

#include <gtest/gtest.h>

#include <livery/check.h>
#include <livery/view/list_page.h>

namespace livery {
namespace {

ListShape Shape() {
    return {{"name", "due"}, {"name", false}, {{"state", {"open", "paid"}}, {"kind", {"a&b"}}}};
}

ListQuery Asked(std::initializer_list<Params::Pair> pairs) {
    Params query;
    for (const auto& [name, value] : pairs) query.Add(name, value);
    return ListQuery::From(query, Shape());
}

ListPage Invoices(ListQuery query) {
    ListPage list;
    list.title = "Invoices";
    list.path = "/console/invoices";
    list.file_name = "invoices";
    list.query = std::move(query);
    list.columns = {{"name", "Customer", false, true, "E-mail"}, {"due", "Due", true, true}};
    list.rows = {{{"Ann", "/console/invoices/1", "ann@example.com"}, {"€ 5.00", "", "", "open"}}};
    list.search = "Find an invoice";
    list.filters = {{"state", "Status", {{"", "All"}, {"open", "Open"}, {"paid", "Paid"}}}};
    list.empty = "No invoices yet.";
    return list;
}

bool Is(const ViewModel& model, std::string_view flag) {
    const ViewModel::Value* value = model.Find(flag);
    EXPECT_NE(value, nullptr) << flag;
    return value != nullptr && std::get<bool>(*value);
}

const ViewModel::List& RowsOf(const ViewModel& model, std::string_view name) {
    const ViewModel::Value* value = model.Find(name);
    LIVERY_CHECK(value != nullptr, "a list that the view does not have");
    return std::get<ViewModel::List>(*value);
}

// What stands below the head of the file.
std::string Lines(const ListPage& list) {
    const std::string csv = ToCsv(list).body;
    return csv.substr(csv.find("\r\n") + 2);
}

std::string Field(const std::string& text) {
    ListPage list;
    list.file_name = "one";
    list.columns = {{"text", "Text"}};
    list.rows = {{{text}}};
    return Lines(list);
}

TEST(ListQuery, TakesWhatTheShapeKnows) {
    const ListQuery query = Asked(
        {{"q", " ann "}, {"sort", "-due"}, {"state", "paid"}, {"after", "c7"}, {"format", "csv"}});
    EXPECT_EQ(query.search, "ann");
    EXPECT_EQ(query.sort, (ListSort{"due", true}));
    EXPECT_EQ(query.Filter("state"), "paid");
    EXPECT_EQ(query.Filter("kind"), "");
    EXPECT_EQ(query.after, "c7");
    EXPECT_TRUE(query.csv);
    EXPECT_EQ(query.limit(), ListQuery::kFileRows);
}

TEST(ListQuery, IsAsUsualWhereItIsAskedForWhatIsNotThere) {
    for (const char* sort : {"", "-", "--name", "secret", "-secret", "NAME", "name "})
        EXPECT_EQ(Asked({{"sort", sort}}).sort, Shape().usual) << sort;
    const ListQuery query = Asked({{"state", "gone"}, {"owner", "me"}, {"format", "pdf"}});
    EXPECT_TRUE(query.filters.empty());
    EXPECT_FALSE(query.csv);
    EXPECT_FALSE(query.hides());
    EXPECT_EQ(query.limit(), ListQuery::kPageRows);
    EXPECT_EQ(query.Href("/list"), "/list");
    EXPECT_EQ(Asked({{"after", std::string(200, 'a')}}).after.size(), 200U);
    EXPECT_EQ(Asked({{"after", std::string(201, 'a')}}).after, "") << "no cursor of ours";
}

TEST(ListQuery, SearchesForNoMoreThanHundredBytesAndWholeCharacters) {
    EXPECT_EQ(Asked({{"q", " \t\n "}}).search, "");
    EXPECT_EQ(Asked({{"q", " " + std::string(100, 'x') + "y"}}).search, std::string(100, 'x'));
    EXPECT_EQ(Asked({{"q", std::string(99, 'x') + "ä"}}).search, std::string(99, 'x'));
    EXPECT_EQ(Asked({{"q", std::string(99, 'x') + " y"}}).search, std::string(99, 'x'));
}

TEST(ListQuery, HasNoFilterWhoseNameIsTaken) {
    for (const char* taken : {"q", "sort", "after", "format"})
        EXPECT_THROW(ListQuery::From({}, {{}, {}, {{taken, {"x"}}}}), BrokenInvariant) << taken;
}

TEST(ListQuery, WritesAddressesThatSayItAgain) {
    const ListQuery query =
        Asked({{"q", "a b&c=ä%~"}, {"kind", "a&b"}, {"sort", "due"}, {"after", "x+/="}});
    EXPECT_EQ(query.Href("/l"), "/l?q=a%20b%26c%3D%C3%A4%25~&kind=a%26b&sort=due&after=x%2B%2F%3D");
}

TEST(ListQuery, BeginsAgainWhenAskedOtherwise) {
    const ListQuery query =
        Asked({{"q", "ann"}, {"state", "open"}, {"sort", "-due"}, {"after", "c7"}});
    EXPECT_EQ(query.WithFilter("state", "paid").Href("/l"), "/l?q=ann&state=paid&sort=-due");
    EXPECT_EQ(query.WithFilter("state", "").Href("/l"), "/l?q=ann&sort=-due");
    EXPECT_EQ(query.SortedBy("name").Href("/l"), "/l?q=ann&state=open") << "that is usual";
    EXPECT_EQ(query.WithoutFilters().Href("/l"), "/l?sort=-due");
    EXPECT_EQ(query.FromStart().Href("/l"), "/l?q=ann&state=open&sort=-due");
}

TEST(ListQuery, SortsTheOtherWayRoundAtTheSecondClick) {
    const ListQuery usual = Asked({});
    EXPECT_EQ(usual.SortedBy("name").Href("/l"), "/l?sort=-name");
    EXPECT_EQ(usual.SortedBy("name").SortedBy("name").Href("/l"), "/l");
    EXPECT_EQ(usual.SortedBy("due").Href("/l"), "/l?sort=due");
    EXPECT_EQ(usual.SortedBy("due").SortedBy("due").Href("/l"), "/l?sort=-due");
}

TEST(ListPage, SaysInItsHeadsHowItIsSorted) {
    const View view = ToView(Invoices(Asked({{"sort", "-due"}})));
    const ViewModel::List& columns = RowsOf(view.model, "columns");
    EXPECT_FALSE(Is(columns[0], "ascending") || Is(columns[0], "descending"));
    EXPECT_TRUE(Is(columns[1], "descending"));
    EXPECT_FALSE(Is(columns[1], "ascending"));
    EXPECT_EQ(columns[0].Text("href"), "/console/invoices");
    EXPECT_EQ(columns[1].Text("href"), "/console/invoices?sort=due");
    EXPECT_TRUE(Is(RowsOf(ToView(Invoices(Asked({}))).model, "columns")[0], "ascending"));
}

TEST(ListPage, MarksTheChoiceThatHolds) {
    const View view = ToView(Invoices(Asked({{"state", "paid"}, {"after", "c7"}})));
    const ViewModel::List& choices = RowsOf(RowsOf(view.model, "filters")[0], "choices");
    EXPECT_FALSE(Is(choices[0], "current") || Is(choices[1], "current"));
    EXPECT_TRUE(Is(choices[2], "current"));
    EXPECT_EQ(choices[0].Text("href"), "/console/invoices");
    EXPECT_EQ(choices[1].Text("href"), "/console/invoices?state=open");
    EXPECT_TRUE(Is(RowsOf(RowsOf(ToView(Invoices(Asked({}))).model, "filters")[0], "choices")[0],
                   "current"));
}

TEST(ListPage, KeepsFiltersAndOrderWhenItIsSearched) {
    const View view = ToView(
        Invoices(Asked({{"q", "ann"}, {"state", "open"}, {"sort", "due"}, {"after", "c7"}})));
    const ViewModel::List& kept = RowsOf(view.model, "kept");
    ASSERT_EQ(kept.size(), 2U) << "neither the search itself nor where the page begins";
    EXPECT_EQ(kept[0].Text("name"), "state");
    EXPECT_EQ(kept[0].Text("value"), "open");
    EXPECT_EQ(kept[1].Text("value"), "due");
    EXPECT_EQ(view.model.Text("unsearched_href"), "/console/invoices?state=open&sort=due");
}

TEST(ListPage, NamesARowByItsFirstCell) {
    const View view = ToView(Invoices(Asked({})));
    EXPECT_EQ(view.template_name, "list");
    const ViewModel& row = RowsOf(view.model, "rows")[0];
    EXPECT_EQ(row.Text("text"), "Ann");
    EXPECT_EQ(row.Text("note"), "ann@example.com");
    EXPECT_FALSE(Is(row, "has_badge"));
    ASSERT_EQ(RowsOf(row, "cells").size(), 1U);
    const ViewModel& due = RowsOf(row, "cells")[0];
    EXPECT_EQ(due.Text("label"), "Due");
    EXPECT_EQ(due.Text("badge"), "open");
    EXPECT_TRUE(Is(due, "numeric"));
    EXPECT_FALSE(Is(due, "has_href") || Is(due, "has_note"));
}

TEST(ListPage, RefusesARowThatHasNotACellForEachColumn) {
    ListPage list = Invoices(Asked({}));
    list.rows.front().pop_back();
    EXPECT_THROW(ToView(list), BrokenInvariant);
    EXPECT_THROW(ToCsv(list), BrokenInvariant);
}

TEST(ListPage, LeadsOnAndBackToTheStart) {
    ListPage list = Invoices(Asked({{"state", "open"}}));
    EXPECT_FALSE(Is(ToView(list).model, "has_pages"));
    list.next = "c 9";
    const View first = ToView(list);
    EXPECT_TRUE(Is(first.model, "has_next") && Is(first.model, "has_pages"));
    EXPECT_FALSE(Is(first.model, "has_first"));
    EXPECT_EQ(first.model.Text("next_href"), "/console/invoices?state=open&after=c%209");
    list.query.after = "c 9";
    list.next = "";
    const View last = ToView(list);
    EXPECT_TRUE(Is(last.model, "has_first") && Is(last.model, "has_pages"));
    EXPECT_FALSE(Is(last.model, "has_next"));
    EXPECT_EQ(last.model.Text("first_href"), "/console/invoices?state=open");
}

TEST(ListPage, SaysWhyItIsEmpty) {
    const auto empty = [](std::initializer_list<Params::Pair> asked) {
        ListPage list = Invoices(Asked(asked));
        list.rows.clear();
        return ToView(list).model;
    };
    const ViewModel bare = empty({{"sort", "due"}});
    EXPECT_TRUE(Is(bare, "is_bare"));
    EXPECT_FALSE(Is(bare, "has_rows") || Is(bare, "is_hidden") || Is(bare, "is_past"));
    EXPECT_FALSE(Is(bare, "has_csv")) << "there is nothing to download";
    EXPECT_EQ(bare.Text("empty_text"), "No invoices yet.");
    EXPECT_TRUE(Is(empty({{"state", "paid"}}), "is_hidden"));
    const ViewModel hidden = empty({{"q", "zoe"}, {"sort", "due"}});
    EXPECT_TRUE(Is(hidden, "is_hidden"));
    EXPECT_FALSE(Is(hidden, "is_bare"));
    EXPECT_EQ(hidden.Text("clear_href"), "/console/invoices?sort=due");
    const ViewModel past = empty({{"q", "zoe"}, {"after", "c7"}});
    EXPECT_TRUE(Is(past, "is_past") && Is(past, "has_first"));
    EXPECT_FALSE(Is(past, "is_hidden") || Is(past, "is_bare"));
}

TEST(ListPage, OffersAFileOfTheSameListFromItsStart) {
    ListPage list = Invoices(Asked({{"q", "ann"}, {"after", "c7"}}));
    EXPECT_EQ(ToView(list).model.Text("csv_href"), "/console/invoices?q=ann&format=csv");
    EXPECT_TRUE(Is(ToView(list).model, "has_csv"));
    list.file_name = "";
    EXPECT_FALSE(Is(ToView(list).model, "has_csv"));
}

TEST(ListPage, IsAFileWhenOneIsAskedFor) {
    EXPECT_TRUE(std::holds_alternative<View>(Answer(Invoices(Asked({})))));
    ListPage list = Invoices(Asked({{"format", "csv"}}));
    EXPECT_TRUE(std::holds_alternative<Response>(Answer(list)));
    list.file_name = "";
    EXPECT_TRUE(std::holds_alternative<View>(Answer(list))) << "there is none";
}

TEST(ListFile, HasAMarkAHeadAndALineForEachRow) {
    ListPage list = Invoices(Asked({}));
    list.rows[0][1].csv = "5.00";
    const Response file = ToCsv(list);
    EXPECT_EQ(file.body,
              "\xEF\xBB\xBF\"Customer\",\"E-mail\",\"Due\"\r\n"
              "\"Ann\",\"ann@example.com\",\"5.00\"\r\n");
    EXPECT_EQ(file.content_type, "text/csv; charset=utf-8");
    EXPECT_EQ(file.headers.Find("Content-Disposition"), "attachment; filename=\"invoices.csv\"");
    EXPECT_EQ(file.headers.Find("Cache-Control"), "private, no-store");
}

TEST(ListFile, SaysInItsNameThatItIsNotTheWholeList) {
    ListPage list = Invoices(Asked({}));
    list.next = "c9";
    EXPECT_EQ(ToCsv(list).headers.Find("Content-Disposition"),
              "attachment; filename=\"invoices-first-1.csv\"");
    for (const char* wrong : {"", "a b", "../a", "a\"b", "Ä"}) {
        list.file_name = wrong;
        EXPECT_THROW(ToCsv(list), BrokenInvariant) << wrong;
    }
}

TEST(ListFile, QuotesWhatIsInAField) {
    EXPECT_EQ(Field(""), "\"\"\r\n");
    EXPECT_EQ(Field("a,b;c"), "\"a,b;c\"\r\n");
    EXPECT_EQ(Field("say \"hi\""), "\"say \"\"hi\"\"\"\r\n");
    EXPECT_EQ(Field("two\r\nlines"), "\"two\r\nlines\"\r\n");
}

TEST(ListFile, ComputesNothing) {
    for (const char* formula :
         {"=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "+", "-,", "-1-"})
        EXPECT_EQ(Field(formula), "\"'" + std::string(formula) + "\"\r\n") << formula;
    for (const char* plain : {"-1", "+3.50", "-1,234.50", "5", "a=b", "1-2"})
        EXPECT_EQ(Field(plain), "\"" + std::string(plain) + "\"\r\n") << plain;
    ListPage list = Invoices(Asked({}));
    list.columns[0].label = "=label";
    list.rows[0][0].note = "@note";
    list.rows[0][1].csv = "=csv";
    const std::string csv = ToCsv(list).body;
    for (const char* part : {"\"'=label\"", "\"'@note\"", "\"'=csv\""})
        EXPECT_NE(csv.find(part), std::string::npos) << part << " in " << csv;
}

TEST(AList, StandsBesideOthersOfItsArea) {
    ListPage list = Invoices(Asked({}));
    EXPECT_FALSE(Is(ToView(list).model, "has_tabs"));
    list.tabs = {{"Invoices", "/console/invoices", true}, {"Drafts", "/console/drafts"}};
    const View view = ToView(list);
    EXPECT_TRUE(Is(view.model, "has_tabs"));
    const auto& tabs = RowsOf(view.model, "tabs");
    ASSERT_EQ(tabs.size(), 2U);
    EXPECT_TRUE(Is(tabs[0], "current"));
    EXPECT_FALSE(Is(tabs[1], "current"));
    EXPECT_EQ(tabs[1].Text("href"), "/console/drafts");
}

}  // namespace
}  // namespace livery

// Where a customer may be sent, and with what.
#include "gateways/call_check.h"

#include <gtest/gtest.h>

#include "gateways/message_book.h"

namespace livery::gateways {
namespace {

using Json = nlohmann::json;

// As the host reads an answer: its schema first.
std::string Why(Json action) {
    action["kind"] = "redirect";
    const Json result{{"state", "requires_action"}, {"action", std::move(action)}};
    const std::string wrong = MessageBook::V1().Objection("payment.result", result);
    return wrong.empty() ? ActionObjection(result) : wrong;
}

bool Holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

Json Posted(const Json& fields) {
    return {{"url", "https://bank.example/3ds"}, {"method", "POST"}, {"fields", fields}};
}

TEST(Action, LeadsToAPageByTlsOrToADoubleOnThisMachine) {
    for (const char* url : {"https://bank.example/3ds?a=b", "https://bank.example:8443",
                            "http://127.0.0.1:1/x", "http://localhost:2"}) {
        EXPECT_EQ(Why({{"url", url}}), "") << url;
        EXPECT_EQ(Why({{"url", url}, {"method", "POST"}, {"fields", {{"MD", "1"}}}}), "") << url;
    }
    for (const char* url :
         {"http://bank.example", "javascript:alert(1)", "http://127.0.0.1.else", "//bank.example"})
        EXPECT_TRUE(Holds(Why({{"url", url}}), "not https")) << url << Why({{"url", url}});
    // A header has to name the host to which a form may go.
    for (const char* url : {"https://", "https:///x", "https://me@bank.example/",
                            "https://bank.example; script-src *", "https://b\u00e4nk.example"})
        EXPECT_NE(Why({{"url", url}}), "") << url;
}

TEST(Action, HasFieldsWhereItPostsAndNowhereElse) {
    const Json fields{{"PaReq", std::string(10'000, 'x')}, {"MD", ""}};
    EXPECT_EQ(Why(Posted(fields)), "");
    Json action = Posted(fields);
    action["method"] = "GET";
    EXPECT_TRUE(Holds(Why(action), "by POST only")) << Why(action);
    action.erase("method");
    EXPECT_EQ(Why(action), "") << "of gateways from before there was a method";
    action["method"] = "POST";
    action.erase("fields");
    EXPECT_TRUE(Holds(Why(action), "no fields")) << Why(action);
    action["method"] = "PUT";
    EXPECT_TRUE(Holds(Why(action), "method")) << Why(action);
}

TEST(Action, PostsNoMoreThanAPageCarries) {
    Json fields = Json::object();
    for (int number = 0; number < 40; ++number) fields["f" + std::to_string(number)] = "x";
    EXPECT_EQ(Why(Posted(fields)), "");
    fields["one more"] = "x";
    EXPECT_TRUE(Holds(Why(Posted(fields)), "fields")) << Why(Posted(fields));
    EXPECT_EQ(Why(Posted({{"12345", std::string(65'536 - 5, 'x')}})), "");
    EXPECT_TRUE(Holds(Why(Posted({{"12345", std::string(65'536 - 4, 'x')}})), "65537 bytes"));
    EXPECT_NE(Why(Posted({{"a", 1}})), "");
    EXPECT_NE(Why(Posted({{"", "x"}})), "");
    EXPECT_NE(Why(Posted(Json::object())), "");
}

}  // namespace
}  // namespace livery::gateways

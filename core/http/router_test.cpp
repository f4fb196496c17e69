#include "http/router.h"

#include <gtest/gtest.h>

namespace livery::http {
namespace {

Router Example() {
    Router router;
    std::size_t index = 0;
    for (const auto& [method, pattern] : std::vector<std::pair<Method, const char*>>{
             {Method::kGet, "/"},
             {Method::kGet, "/subscriptions/:id"},
             {Method::kPost, "/subscriptions/:subscription/change"},
             {Method::kGet, "/subscriptions/new"},
             {Method::kPost, "/subscriptions/:id"},
             {Method::kGet, "/files/*path"},
             {Method::kGet, "/files/:id/info"}}) {
        EXPECT_TRUE(router.Add(method, pattern, index++)) << pattern;
    }
    return router;
}

// "1 id=7", "404", "405 GET, HEAD, OPTIONS"
std::string Find(const Router& router, Method method, std::string_view path) {
    const auto outcome = router.Find(method, path);
    if (const auto* refused = std::get_if<Router::MethodNotAllowed>(&outcome)) {
        return "405 " + AllowHeader(refused->allowed);
    }
    const auto* match = std::get_if<Router::Match>(&outcome);
    if (match == nullptr) return "404";
    std::string text = std::to_string(match->index);
    for (const auto& [name, value] : match->path_params) text += " " + name + "=" + value;
    return text;
}

TEST(Router, PrefersLiteralsToParametersToRests) {
    const Router router = Example();
    EXPECT_EQ(Find(router, Method::kGet, "/"), "0");
    EXPECT_EQ(Find(router, Method::kGet, "/subscriptions/7"), "1 id=7");
    EXPECT_EQ(Find(router, Method::kGet, "/subscriptions/new"), "3");
    EXPECT_EQ(Find(router, Method::kGet, "/files/7/info"), "6 id=7");
    EXPECT_EQ(Find(router, Method::kGet, "/files/7/other"), "5 path=7/other");
}

TEST(Router, NamesParametersByTheRouteThatMatched) {
    const Router router = Example();
    EXPECT_EQ(Find(router, Method::kPost, "/subscriptions/7/change"), "2 subscription=7");
    EXPECT_EQ(Find(router, Method::kPost, "/subscriptions/7"), "4 id=7");
}

TEST(Router, GoesBackFromALiteralThatLeadsNowhere) {
    EXPECT_EQ(Find(Example(), Method::kPost, "/subscriptions/new/change"), "2 subscription=new");
}

TEST(Router, DoesNotFindWhatNobodyAdded) {
    const Router router = Example();
    for (const char* path : {"/x", "/subscriptions", "/files", "/subscriptions/7/x", "", "x"}) {
        EXPECT_EQ(Find(router, Method::kGet, path), "404") << path;
    }
}

TEST(Router, ListsTheAllowedMethods) {
    const Router router = Example();
    EXPECT_EQ(Find(router, Method::kPut, "/subscriptions/7"), "405 GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(Find(router, Method::kOptions, "/files/a"), "405 GET, HEAD, OPTIONS");
    EXPECT_EQ(Find(router, Method::kPost, "/subscriptions/new"), "405 GET, HEAD, OPTIONS")
        << "the literal decides alone";
}

TEST(Router, ServesHeadByGet) {
    EXPECT_EQ(Find(Example(), Method::kHead, "/subscriptions/7"), "1 id=7");
}

TEST(Router, RefusesAClashAndNamesBothPatterns) {
    Router router = Example();
    const auto clash = router.Add(Method::kGet, "/subscriptions/:other", 9);
    ASSERT_FALSE(clash);
    EXPECT_EQ(clash.error().code, ErrorCode::kConflict);
    EXPECT_EQ(clash.error().message,
              "route GET '/subscriptions/:other' clashes with '/subscriptions/:id'");
}

TEST(Router, RefusesMalformedPatterns) {
    Router router;
    for (const char* pattern : {"", "a", "//", "/a/", "/:", "/:Id", "/*rest/a", "/:a/:a"}) {
        const auto added = router.Add(Method::kGet, pattern, 0);
        ASSERT_FALSE(added) << pattern;
        EXPECT_EQ(added.error().code, ErrorCode::kInvalidArgument);
    }
}

}  // namespace
}  // namespace livery::http

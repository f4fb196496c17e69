#include "api/error_problem.h"

#include <gtest/gtest.h>

namespace livery::api {
namespace {

std::string Words(const std::string& key) {
    return key == "error.past_due" ? "Something is past due." : "";
}

TEST(ErrorProblem, TextKeysAreTheCodesAndTheirTextsTheDetails) {
    const Problem problem = ProblemOf(Conflict("error.past_due"), Words);
    EXPECT_EQ(problem.status, 409);
    EXPECT_EQ(problem.code, "past_due");
    EXPECT_EQ(problem.detail, "Something is past due.");
}

TEST(ErrorProblem, WhatIsMeantForTheLogStaysThere) {
    const Problem problem = ProblemOf(Conflict("row 7 of Greta"), Words);
    EXPECT_EQ(problem.code, "conflict");
    EXPECT_EQ(problem.detail.find("Greta"), std::string::npos);
}

TEST(ErrorProblem, NotThereAndNotYoursAreTheSame) {
    const Problem mine = ProblemOf(NotFound("not theirs"), Words);
    const Problem none = ProblemOf(NotFound("error.not_found"), Words);
    EXPECT_EQ(mine.code, none.code);
    EXPECT_EQ(mine.detail, none.detail);
}

TEST(ErrorProblem, FieldsKeepTheirPlaces) {
    const Problem problem = ProblemOf(InvalidField("quantity", "error.quantity"), Words);
    EXPECT_EQ(problem.status, 422);
    ASSERT_EQ(problem.errors.size(), 1U);
    EXPECT_EQ(problem.errors[0].field, "quantity");
    EXPECT_EQ(problem.errors[0].code, "quantity");
}

TEST(ErrorProblem, ResponsesAreProblemsWhateverTheTextHolds) {
    const Response response = ProblemResponse({422, "x", "a \xff byte", {}}, "id");
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_NE(response.body.find("\"request_id\":\"id\""), std::string::npos);
}

}  // namespace
}  // namespace livery::api

#include <gtest/gtest.h>

#include <livery/http/file_response.h>

namespace livery {
namespace {

TEST(SavedAs, TellsTheNameExactlyAndInAscii) {
    EXPECT_EQ(SavedAs("bill-1.pdf"),
              "attachment; filename=\"bill-1.pdf\"; filename*=UTF-8''bill-1.pdf");
    EXPECT_EQ(SavedAs("Ü \"x\";.png"),
              "attachment; filename=\"___x__.png\"; filename*=UTF-8''%C3%9C%20%22x%22%3B.png");
}

TEST(SavedAs, NoNameSplitsTheHeader) {
    const std::string value = SavedAs("a\r\nSet-Cookie: x=1\\\"");
    EXPECT_EQ(value.find_first_of("\r\n\\"), std::string::npos) << value;
}

TEST(FileToSave, IsNeitherShownNorGuessedAtNorKept) {
    const Response response = FileToSave("bytes", "image/png", "a.png");
    EXPECT_EQ(response.content_type, "image/png");
    EXPECT_EQ(response.Bytes(), "bytes");
    EXPECT_EQ(response.headers.Find("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response.headers.Find("Content-Security-Policy"), "default-src 'none'; sandbox");
    EXPECT_EQ(response.headers.Find("Cache-Control"), "private, no-store");
}

}  // namespace
}  // namespace livery

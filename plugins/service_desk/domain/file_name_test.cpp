#include "domain/file_name.h"

#include <gtest/gtest.h>

#include <livery/utf8.h>

namespace livery::service_desk {
namespace {

std::string Png(std::string_view name) { return CleanFileName(name, FileType::kPng); }

TEST(CleanFileName, KeepsWhatPeopleWrite) {
    EXPECT_EQ(Png("Rechnung Mai (2).png"), "Rechnung Mai (2).png");
    EXPECT_EQ(Png("فاتورة.PNG"), "فاتورة.PNG");
    EXPECT_EQ(CleanFileName("photo.JPEG", FileType::kJpeg), "photo.JPEG");
    EXPECT_EQ(CleanFileName("calls.csv", FileType::kText), "calls.csv");
}

TEST(CleanFileName, HasNoPath) {
    for (const char* name : {"../../etc/a.png", "C:\\Users\\x\\a.png", "/a.png", "..\\a.png"})
        EXPECT_EQ(Png(name), "a.png") << name;
    for (const char* name : {"", ".", "..", "/", "a/", "\\", ".png/", " . . "})
        EXPECT_EQ(Png(name), "file.png") << name;
}

TEST(CleanFileName, HidesNothing) {
    EXPECT_EQ(Png(".htaccess.png"), "htaccess.png");
    EXPECT_EQ(Png("bill\xE2\x80\xAEgnp.exe"), "billgnp.exe.png") << "right-to-left override";
    EXPECT_EQ(Png("a\xE2\x81\xA6"
                  "b\xE2\x80\x8F\xE2\x80\x8B.png"),
              "ab.png")
        << "isolate, mark, no width";
    EXPECT_EQ(Png("a\r\nX: y\x7F\xC2\x85.png"), "aX_ y.png") << "controls";
    EXPECT_EQ(Png("a \xFF\xC0\xAF.png"), "a.png") << "no characters";
    EXPECT_EQ(Png("a<b>\"c|d?.png"), "a_b__c_d_.png");
}

TEST(CleanFileName, EndsAsItsTypeDoes) {
    EXPECT_EQ(Png("invoice.exe"), "invoice.exe.png");
    EXPECT_EQ(Png("archive.png.zip"), "archive.png.zip.png");
    EXPECT_EQ(Png("a.png. . "), "a.png");
    EXPECT_EQ(Png("noname"), "noname.png");
    EXPECT_EQ(Png("png"), "png.png");
    EXPECT_EQ(CleanFileName("page.html", FileType::kText), "page.html.txt");
}

TEST(CleanFileName, IsCutBeforeItsExtension) {
    std::string name;
    for (int i = 0; i < 300; ++i) name += "ü";
    const std::string clean = Png(name + ".png");
    EXPECT_EQ(Characters(clean), kLongestFileName);
    EXPECT_TRUE(clean.ends_with("ü.png"));
    EXPECT_EQ(Png(clean), clean);
    EXPECT_EQ(Png(std::string(115, 'a') + " . b.png"), std::string(115, 'a') + ".png");
}

}  // namespace
}  // namespace livery::service_desk
